using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pipeline.Cli.Checking;

/// <summary>Where the product lives: the data folder, its disk, its ports.</summary>
internal static class PlaceChecks
{
    private const long LittleSpace = 1L << 30;
    private const long NoSpace = 100L << 20;

    public static Finding DataFolder(string folder)
    {
        var existing = Existing(folder);
        var probe = Path.Combine(existing, $".pipeline-doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
            return Finding.Good("data folder", existing == folder ? folder : $"{folder} can be made in {existing}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Finding.Bad("data folder", $"{existing} cannot be written: {error.Message}", "Name a folder of your own with --data, or change its permissions.");
        }
    }

    public static Finding Disk(string folder)
    {
        try
        {
            var free = new DriveInfo(Existing(folder)).AvailableFreeSpace;
            var text = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):0.0} GiB free");
            const string Fix = "Free some space, or name a folder on another disk with --data.";
            return free < NoSpace ? Finding.Bad("disk", text, Fix) : free < LittleSpace ? Finding.Note("disk", text, Fix) : Finding.Good("disk", text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Finding.Note("disk", $"its free space is not known: {error.Message}", "Look yourself, for example with df.");
        }
    }

    /// <param name="option">The option that chooses another port.</param>
    public static Finding Port(string name, int port, string option)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return Finding.Good(name, $"{port} is free");
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AccessDenied)
        {
            return Finding.Bad(name, $"{port} may not be opened by this user", $"Choose one above 1023 with {option}.");
        }
        catch (SocketException)
        {
            return Finding.Note(name, $"{port} is taken, perhaps by a running 'pipeline run'", $"Stop what holds it, or choose another one with {option}.");
        }
    }

    /// <summary>The folder, or its nearest parent that is there.</summary>
    private static string Existing(string folder)
    {
        var place = Path.GetFullPath(folder);
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } parent)
        {
            place = parent;
        }

        return place;
    }
}
