using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Simulation.Broken;

/// <summary>Claims without counting the attempt; only a failure that is written counts it.</summary>
internal sealed class AttemptsCountedAtFailure(IDocumentStore inner) : TamperingDocumentStore(inner)
{
    protected override DocumentWrite Tamper(DocumentWrite write) =>
        StatusOf(write) == "processing" && write is DocumentWrite.Set set && set.Fields["attempts"] is DocumentValue.IntegerValue attempts
            ? set with { Fields = set.Fields.SetItem("attempts", attempts.Value - 1) }
            : write;
}
