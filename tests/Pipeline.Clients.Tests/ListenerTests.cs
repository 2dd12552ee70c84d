using Pipeline.Clients.Tests.Support;
using Pipeline.Testing.Emulators;

namespace Pipeline.Clients.Tests;

/// <summary>What a listener of the Firebase web SDK sees.</summary>
public sealed class ListenerTests
{
    private readonly FirestoreEmulator _emulator;

    public ListenerTests(FirestoreEmulator emulator)
    {
        _emulator = emulator;
    }

    [Fact]
    public async Task Upload_ListenedToBefore_IsSeenFromMissingToClassified()
    {
        await using var firebase = await LocalFirebase.StartAsync(_emulator);

        var seen = await NodeScript.RunAsync(
            "upload-media.mjs", firebase.Input(("user", "alice"), ("name", "users/alice/photos/coffee.jpg"), ("picture", "coffee.jpg")));

        Assert.False(seen[0].GetProperty("exists").GetBoolean());
        Assert.Equal("espresso", seen[^1].GetProperty("label").GetString());
    }
}
