using System.Collections.Immutable;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Support;

/// <summary>Results as another instance has left them.</summary>
internal static class ResultFields
{
    public static ImmutableSortedDictionary<string, DocumentValue> Of(string status, long generation, DateTimeOffset leaseAt, string name = WorkerFixture.Name)
    {
        var fields = Fields.Of(
            ("bucket", WorkerFixture.Bucket),
            ("name", name),
            ("generation", generation),
            ("status", status),
            ("claimId", "theirs"),
            ("attempts", 1L));
        return status == "processing"
            ? fields.Add("lease", Fields.Map(("at", leaseAt), ("seconds", 60L), ("holder", "other")))
            : fields;
    }
}
