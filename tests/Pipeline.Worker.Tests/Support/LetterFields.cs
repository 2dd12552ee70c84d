using System.Collections.Immutable;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Support;

/// <summary>Letters as another instance has left them.</summary>
internal static class LetterFields
{
    public static ImmutableSortedDictionary<string, DocumentValue> Due(long generation, DateTimeOffset dueAt, string name = WorkerFixture.Name) => Fields.Of(
        ("bucket", WorkerFixture.Bucket),
        ("name", name),
        ("generation", generation),
        ("rule", "users/{uid}/photos/{photo}"),
        ("eventId", "e1"),
        ("eventType", "test.storage.object.v1.finalized"),
        ("eventTime", WorkerFixture.Start),
        ("state", "due"),
        ("dueAt", dueAt),
        ("attempts", 1L),
        ("firstFailedAt", WorkerFixture.Start),
        ("lastFailedAt", WorkerFixture.Start),
        ("errors", Fields.Array(Fields.Map(("code", "INTERNAL"), ("message", "It broke."), ("at", WorkerFixture.Start), ("instance", "other")))),
        ("redrives", 0L));
}
