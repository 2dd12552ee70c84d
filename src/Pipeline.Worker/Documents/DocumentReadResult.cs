using System.Collections.Immutable;

namespace Pipeline.Worker.Documents;

/// <summary>Documents as they were at one server time.</summary>
/// <param name="ReadTime">Server time of the read.</param>
/// <param name="Documents">For a get: one for each path asked, in that order. For a query: those found, in the query's order.</param>
public sealed record DocumentReadResult(DateTimeOffset ReadTime, ImmutableArray<DocumentSnapshot> Documents);
