using System.Text.Json.Nodes;
using Pipeline.Models.Package.Inferring;

namespace Pipeline.Cli.ModelFiles;

/// <summary>What was found out about how a model is fed, for scripts.</summary>
internal static class InferredJson
{
    public static object Describe(InferredManifest inferred) => new
    {
        inferred.Form,
        Values = inferred.Values.Select(Describe),
        Questions = inferred.Questions.Select(question => new { question.Paths, question.Reason }),
        Proposals = inferred.Proposals.Select(proposal => new { proposal.Meaning, Manifest = JsonNode.Parse(proposal.Json) }),
        Labels = inferred.LabelProblem is { } problem ? $"{problem.File}: {problem.Detail}." : null,
    };

    public static object Describe(InferredValue value) => new { value.Path, Value = JsonNode.Parse(value.Json), value.Source, value.IsAssumed };
}
