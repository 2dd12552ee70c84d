using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Documents;

/// <summary>What one write made of one document; equal snapshots where it changed nothing.</summary>
public sealed record DocumentChange(DocumentSnapshot Before, DocumentSnapshot After);
