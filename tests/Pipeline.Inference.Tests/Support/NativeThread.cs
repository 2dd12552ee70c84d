using System.Globalization;
using System.Runtime.InteropServices;

namespace Pipeline.Inference.Tests.Support;

/// <summary>The system's view of threads of this process.</summary>
internal static partial class NativeThread
{
    /// <summary>The system's number of the calling thread.</summary>
    [LibraryImport("libc", EntryPoint = "gettid")]
    public static partial int CurrentId();

    /// <summary>How long a thread of this process has been on a processor.</summary>
    public static TimeSpan ProcessorTime(int id)
    {
        var nanoseconds = File.ReadAllText($"/proc/self/task/{id}/schedstat").Split(' ')[0];
        return TimeSpan.FromMicroseconds(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1000);
    }
}
