using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Pipeline.Cli.Verifying;

/// <summary>
/// Takes letters with marks apart as Unicode's canonical decomposition does, so that a name is the same whether its file system composes letters or not. The
/// program runs without the libraries that <see cref="string.Normalize()"/> needs. Marks stay in their order: file systems keep the canonical one.
/// </summary>
internal static class CanonicalForm
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int Vowels = 21;
    private const int Tails = 28;
    private const int HangulSyllables = 11_172;

    private static readonly Lazy<FrozenDictionary<char, string>> Table = new(Read);

    /// <summary>The text without composed characters.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character < '\u0080')
            {
                result.Append(character);
            }
            else if (character - HangulBase is >= 0 and < HangulSyllables and var syllable)
            {
                Append(result, syllable);
            }
            else if (Table.Value.TryGetValue(character, out var parts))
            {
                result.Append(parts);
            }
            else
            {
                result.Append(character);
            }
        }

        return result.ToString();
    }

    /// <summary>Korean syllables are numbered by their letters.</summary>
    private static void Append(StringBuilder result, int syllable)
    {
        result.Append((char)(LeadBase + (syllable / (Vowels * Tails)))).Append((char)(VowelBase + (syllable / Tails % Vowels)));
        if (syllable % Tails is > 0 and var tail)
        {
            result.Append((char)(TailBase + tail));
        }
    }

    /// <summary>Entries of the form <c>00C0=0041+0300</c>: of Unicode 14, below U+10000, without Korean syllables and compatibility ideographs.</summary>
    private static FrozenDictionary<char, string> Read()
    {
        using var stream = typeof(CanonicalForm).Assembly.GetManifestResourceStream("decompositions.txt")
            ?? throw new InvalidOperationException("The assembly holds no decompositions.txt.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('=', '+').Select(code => (char)int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray())
            .ToFrozenDictionary(codes => codes[0], codes => new string(codes.AsSpan(1)));
    }
}
