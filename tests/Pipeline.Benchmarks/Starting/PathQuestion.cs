namespace Pipeline.Benchmarks.Starting;

/// <summary>Asks for a path.</summary>
internal sealed class PathQuestion : StartQuestion
{
    private readonly string _path;

    public PathQuestion(string path)
    {
        _path = path;
    }

    public override HttpRequestMessage Create(Uri program) => new(HttpMethod.Get, new Uri(program, _path));
}
