using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Simulation.Broken;

/// <summary>Claims without a precondition.</summary>
internal sealed class UnfencedClaim(IDocumentStore inner) : TamperingDocumentStore(inner)
{
    protected override DocumentWrite Tamper(DocumentWrite write) =>
        StatusOf(write) == "processing" ? write with { Precondition = DocumentPrecondition.None } : write;
}
