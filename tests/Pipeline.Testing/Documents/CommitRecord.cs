using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Documents;

/// <summary>One accepted commit, for tests that judge the whole history.</summary>
/// <param name="Writes">As sent.</param>
/// <param name="Changes">One for each write.</param>
public sealed record CommitRecord(DateTimeOffset CommitTime, ImmutableArray<DocumentWrite> Writes, ImmutableArray<DocumentChange> Changes);
