using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Verifying;

/// <summary>One way of feeding a model.</summary>
/// <param name="Values">What the values of the input mean.</param>
/// <param name="Resizing">How pictures come to its size.</param>
/// <param name="Json">The whole manifest as JSON by path.</param>
/// <param name="IsOwn">Whether it is the model's own: its manifest's, or what its files tell.</param>
internal sealed record Candidate(CandidatePart Values, CandidatePart Resizing, ImmutableDictionary<string, string> Json, ModelManifest Manifest, bool IsOwn)
{
    /// <summary>The model's own way, in other ways of the same parts.</summary>
    /// <exception cref="InvalidManifestException">The values are no manifest.</exception>
    public static Candidate Of(ImmutableDictionary<string, string> own, CandidatePart values, CandidatePart resizing)
    {
        var json = own.ToBuilder();
        foreach (var (path, value) in values.Values.Concat(resizing.Values))
        {
            if (value is null)
            {
                json.Remove(path);
            }
            else
            {
                json[path] = value;
            }
        }

        var all = json.ToImmutable();
        var manifest = Read(all);
        return new Candidate(values, resizing, all, manifest, KeyOf(manifest.Input) == KeyOf(Read(own).Input));
    }

    /// <summary>The same for all manifests that feed the same.</summary>
    public string Key => KeyOf(Manifest.Input);

    public string Text => ManifestText.Compose(Json);

    private static ModelManifest Read(ImmutableDictionary<string, string> json) =>
        ManifestReader.Read(Encoding.UTF8.GetBytes(ManifestText.Compose(json)), ModelManifest.FileName);

    private static string KeyOf(InputManifest input)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{input.Decode} {input.ApplyOrientation} {input.Color} {input.Fit} {input.ResizeTo} {input.Fraction} {Join(input.Pad)} {input.Resize} {input.AlignCorners} {Join(input.Mean ?? [])} {Join(input.Std ?? [])}");

        string Join<T>(ImmutableArray<T> values) => string.Join(',', values.Length == 1 ? Enumerable.Repeat(values[0], input.Channels) : values);
    }
}
