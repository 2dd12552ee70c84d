using System.Collections.Immutable;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package.Inferring;

/// <summary>What is found out while a model is looked at.</summary>
internal sealed class InferenceFindings
{
    private readonly List<InferredValue> _values = [];
    private readonly List<OpenQuestion> _questions = [];

    /// <summary>Notes what shows in the files.</summary>
    public void Know(string path, string json, string source) => _values.Add(new InferredValue(path, json, source));

    /// <summary>Notes what is a custom only.</summary>
    public void Assume(string path, string json, string source) => _values.Add(new InferredValue(path, json, source, IsAssumed: true));

    /// <summary>Notes what nothing tells.</summary>
    public void Ask(string reason, params ImmutableArray<LikelyAnswer> choices) =>
        _questions.Add(new OpenQuestion([.. choices[0].Values.Select(value => value.Path)], reason, choices));

    /// <summary>Notes what nothing tells, with the keys that answer it where choices say more than that.</summary>
    public void Ask(ImmutableArray<string> paths, string reason, ImmutableArray<LikelyAnswer> choices) => _questions.Add(new OpenQuestion(paths, reason, choices));

    /// <summary>One of the answers to a question.</summary>
    public static LikelyAnswer Answer(string meaning, params ReadOnlySpan<(string Path, string Json)> values)
    {
        var answered = ImmutableArray.CreateBuilder<InferredValue>();
        foreach (var (path, json) in values)
        {
            answered.Add(new InferredValue(path, json, "likely", IsAssumed: true));
        }

        return new LikelyAnswer(meaning, answered.ToImmutable());
    }

    public InferredManifest ToManifest(string folder, string form, LabelProblem? problem) =>
        new(folder, form, [.. _values.OrderBy(value => ManifestKeys.Paths.IndexOf(value.Path))], [.. _questions], problem);
}
