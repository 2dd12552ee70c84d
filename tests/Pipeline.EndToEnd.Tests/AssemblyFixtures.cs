using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Emulators;

[assembly: AssemblyFixture(typeof(FirestoreEmulator))]
[assembly: AssemblyFixture(typeof(PubSubEmulator))]
[assembly: AssemblyFixture(typeof(PublishedFunctions))]
