using Pipeline.Clients.Tests.Support;

[assembly: AssemblyFixture(typeof(ClientsFixture))]
