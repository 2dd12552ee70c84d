using System.Text;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Endpoint;

/// <summary>Where the next page of a list begins: behind the last name of the page before.</summary>
internal static class PageToken
{
    public static string Write(string last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(last));

    /// <summary>The last name of the page before, or null for the first page.</summary>
    /// <exception cref="StorageRequestException">It is none of this endpoint's.</exception>
    public static string? Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        var bytes = new byte[ObjectNames.MaxBytes];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw StorageRequestException.Invalid("The pageToken is none of this endpoint's.");
    }
}
