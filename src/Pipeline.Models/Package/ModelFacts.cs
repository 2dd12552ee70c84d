namespace Pipeline.Models.Package;

/// <summary>Which model it is.</summary>
/// <param name="Name">The manifest's, or the folder's.</param>
/// <param name="Version">The manifest's.</param>
/// <param name="Sha256">Of the model's files, 64 lower-case hexadecimal digits; see <see cref="ModelHash"/>.</param>
public sealed record ModelFacts(string Name, string Version, string Sha256, ModelFormat Format);
