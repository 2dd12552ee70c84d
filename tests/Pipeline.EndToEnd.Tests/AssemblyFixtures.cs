using Pipeline.Testing.Emulators;

[assembly: AssemblyFixture(typeof(FirestoreEmulator))]
[assembly: AssemblyFixture(typeof(PubSubEmulator))]
