using System.Collections.Immutable;
using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>One graph of a SavedModel with what surrounds it: chosen by its tags, its nodes not yet built.</summary>
internal sealed class MetaGraph
{
    private const int SavedModelMetaGraphField = 2;
    private const int GraphField = 2;
    private const int ObjectGraphField = 7;

    private readonly List<ByteRange> _graphs;

    private MetaGraph(MessageFile file, MetaGraphDef definition, List<ByteRange> graphs)
    {
        File = file;
        Definition = definition;
        _graphs = graphs;
    }

    public MessageFile File { get; }

    public MetaGraphDef Definition { get; }

    public ImmutableArray<string> Tags => [.. Definition.MetaInfoDef?.Tags ?? []];

    /// <summary>Finds the meta graph whose tags are exactly <paramref name="tags"/>.</summary>
    /// <exception cref="InvalidModelException">The file is broken, or has no such meta graph; the message lists those that it has.</exception>
    public static MetaGraph Find(MessageFile file, ImmutableArray<string> tags)
    {
        ArgumentNullException.ThrowIfNull(file);
        var seen = new List<string>();
        var reader = new WireReader(file, file.Whole);
        while (reader.Next())
        {
            if (reader.Number != SavedModelMetaGraphField || !reader.IsLengthDelimited)
            {
                continue;
            }

            var (definition, graphs) = file.ParseApart<MetaGraphDef>(reader.Content, GraphField, ObjectGraphField);
            var candidate = new MetaGraph(file, definition, graphs);
            if (candidate.Tags.ToHashSet(StringComparer.Ordinal).SetEquals(tags))
            {
                return candidate;
            }

            seen.Add(Describe(candidate.Tags));
        }

        throw new InvalidModelException(file.Path, "meta graphs", $"one tagged {Describe(tags)}", seen.Count == 0 ? "none at all" : string.Join(", ", seen));
    }

    /// <exception cref="InvalidModelException">There is no graph, or it is broken.</exception>
    public GraphLibrary ReadLibrary(int largestNodeCount) =>
        _graphs.Count == 0
            ? throw new InvalidModelException(File.Path, $"meta graph {Describe(Tags)}", "a graph", "none")
            : new GraphLibrary(File, _graphs, largestNodeCount);

    private static string Describe(ImmutableArray<string> tags) => $"{{{string.Join(", ", tags)}}}";
}
