using System.Globalization;
using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Resizing;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package;

/// <summary>What of a legal manifest can run.</summary>
internal static class BuiltFeatures
{
    /// <summary>Whether pictures can be decoded as a reference does.</summary>
    public static bool IsBuilt(PixelReference reference) => reference == PixelReference.Pillow;

    /// <returns>False where <paramref name="findings"/> got something.</returns>
    public static bool Check(InputManifest manifest, ManifestFindings findings, out ResizeMethod method)
    {
        var isBuilt = ResizeMethodNames.TryParse(manifest.Resize, out method);
        if (!isBuilt)
        {
            findings.Unsupported("$.input.resize", $"\"{manifest.Resize}\"", JsonText.List(ResizeMethodNames.All));
        }

        if (!IsBuilt(manifest.Decode))
        {
            findings.Unsupported("$.input.decode", $"\"{ManifestNames.Decode.NameOf(manifest.Decode)}\"", "\"pillow\"");
            isBuilt = false;
        }

        if (manifest.Scale != 1)
        {
            findings.Unsupported("$.input.scale", manifest.Scale.ToString(CultureInfo.InvariantCulture), "1");
            isBuilt = false;
        }

        return isBuilt;
    }
}
