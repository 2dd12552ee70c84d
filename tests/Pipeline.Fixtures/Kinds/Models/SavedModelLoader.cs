using System.Collections.Immutable;
using Pipeline.Fixtures.Format;
using Pipeline.Inference.Execution;
using Pipeline.Models.SavedModel;

namespace Pipeline.Fixtures.Kinds.Models;

/// <summary>Loads the model of a case, and keeps the last one: cases of one model follow each other.</summary>
public sealed class SavedModelLoader
{
    private readonly Lock _lock = new();
    private string? _key;
    private InferenceSession? _session;

    /// <summary>The session of the case's model. One whose model keeps state is not shared: a case is the first call after loading.</summary>
    public InferenceSession Load(FixtureCase fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        var options = new SavedModelReadOptions { Tags = ReadTags(fixture), Signature = fixture.Signature ?? SavedModelReadOptions.Default.Signature };
        var key = $"{fixture.FullPath}|{string.Join(',', options.Tags)}|{options.Signature}";
        lock (_lock)
        {
            if (_key == key && _session is not null)
            {
                return _session;
            }
        }

        var model = SavedModelReader.Read(fixture.FullPath, options);
        var session = new InferenceSession(model.Graph);
        if (model.Graph.Variables.Count == 0)
        {
            lock (_lock)
            {
                (_key, _session) = (key, session);
            }
        }

        return session;
    }

    private static ImmutableArray<string> ReadTags(FixtureCase fixture) =>
        fixture.Fields.TryGetProperty("tags", out var tags)
            ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!)]
            : SavedModelReadOptions.Default.Tags;
}
