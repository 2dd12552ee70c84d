namespace Pipeline.Worker.Documents;

/// <summary>
/// Where a document lies: a collection path (odd number of segments) and an id, both as they are, never percent-encoded a second time.
/// </summary>
/// <param name="Collection">For example <c>classifications</c>, or <c>users/u1/photos</c>.</param>
/// <param name="Id">One segment: 1 to 1,500 bytes of UTF-8, no <c>/</c>, not <c>.</c>, <c>..</c> or <c>__.*__</c>.</param>
public readonly record struct DocumentPath(string Collection, string Id)
{
    public override string ToString() => $"{Collection}/{Id}";
}
