using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Simulation.Broken;

/// <summary>Completes without a precondition.</summary>
internal sealed class UnfencedCompletion(IDocumentStore inner) : TamperingDocumentStore(inner)
{
    protected override DocumentWrite Tamper(DocumentWrite write) =>
        StatusOf(write) == "classified" ? write with { Precondition = DocumentPrecondition.None } : write;
}
