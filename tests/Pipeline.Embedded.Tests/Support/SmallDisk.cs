using System.Diagnostics;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>A file system in memory with little room.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder;

    private SmallDisk(TempFolder folder)
    {
        _folder = folder;
    }

    public string this[string name] => _folder[name];

    /// <summary>Mounts one; skips the test, by name, where this process may not mount.</summary>
    public static SmallDisk Mount(int kibibytes)
    {
        var folder = new TempFolder();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", folder.Path))
        {
            return new SmallDisk(folder);
        }

        folder.Dispose();
        Assert.Skip("A full disk is tested on a tmpfs, and this process may not mount one.");
        throw new InvalidOperationException("A skipped test does not go on.");
    }

    public void Dispose()
    {
        Run("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
