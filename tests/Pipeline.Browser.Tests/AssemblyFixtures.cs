using Pipeline.Testing.Emulators;

[assembly: AssemblyFixture(typeof(FirestoreEmulator))]
