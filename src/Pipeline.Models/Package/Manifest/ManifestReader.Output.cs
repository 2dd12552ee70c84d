namespace Pipeline.Models.Package.Manifest;

public static partial class ManifestReader
{
    private static OutputManifest ReadOutput(ManifestSection section)
    {
        var defaults = new OutputManifest();
        return new OutputManifest
        {
            Tensor = section.Text("tensor", TextRule.Name),
            Activation = section.Named("activation", ManifestNames.Activation, ManifestNames.Activation.Default),
            Top = section.Integer("top", 1, ManifestLimits.MaxTop) ?? defaults.Top,
            Labels = section.Text("labels", TextRule.RelativePath) ?? defaults.Labels,
            Threshold = section.Number("threshold", NumberRule.Score),
            Thresholds = section.NumberMap("thresholds", TextRule.Name, NumberRule.Score) ?? defaults.Thresholds,
            Ignore = section.TextList("ignore", TextRule.Name) ?? defaults.Ignore,
        };
    }
}
