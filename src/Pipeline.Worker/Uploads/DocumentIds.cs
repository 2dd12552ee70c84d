using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Uploads;

/// <summary>The ids of result and dead-letter documents. Public API: clients compute the same ids.</summary>
public static class DocumentIds
{
    private const string Unescaped = "-_.!~*'()";

    /// <summary>
    /// The id of an object's documents: effectively computes JavaScript's <c>encodeURIComponent(name)</c>, with these exceptions: <c>.</c> and
    /// <c>..</c> become <c>%2E</c> and <c>%2E%2E</c>; the first <c>_</c> of an id <c>__.*__</c> becomes <c>%5F</c>; an id that would then be longer
    /// than 1,500 bytes is <c>sha256:</c> and the lower-case hex digest of the name.
    /// </summary>
    /// <param name="name">Not empty, valid Unicode.</param>
    /// <exception cref="ArgumentException">An empty name, or one with a lone surrogate (where JavaScript throws as well).</exception>
    public static string FromName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!ObjectNames.IsUnicode(name))
        {
            throw new ArgumentException("The name contains a lone surrogate.", nameof(name));
        }

        var bytes = Encoding.UTF8.GetBytes(name);
        var id = Escape(Encode(bytes));
        return id.Length <= DocumentRequests.MaxIdBytes ? id : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>
    /// The id of a dead letter that speaks of no usable object: <c>event:</c> and the lower-case hex SHA-256 of the event's or message's id. No
    /// object's id contains a colon there.
    /// </summary>
    public static string FromEvent(string eventId)
    {
        ArgumentNullException.ThrowIfNull(eventId);
        return "event:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(eventId)));
    }

    private static string Encode(ReadOnlySpan<byte> name)
    {
        var id = new StringBuilder(name.Length);
        foreach (var value in name)
        {
            var character = (char)value;
            if (char.IsAsciiLetterOrDigit(character) || Unescaped.Contains(character, StringComparison.Ordinal))
            {
                id.Append(character);
            }
            else
            {
                id.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return id.ToString();
    }

    private static string Escape(string id) => id switch
    {
        "." => "%2E",
        ".." => "%2E%2E",
        ['_', '_', .., '_', '_'] => "%5F" + id[1..],
        _ => id,
    };
}
