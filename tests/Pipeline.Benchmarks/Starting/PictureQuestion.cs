namespace Pipeline.Benchmarks.Starting;

/// <summary>Posts a picture to a path.</summary>
internal sealed class PictureQuestion : StartQuestion
{
    private readonly string _path;
    private readonly byte[] _picture;

    public PictureQuestion(string path, byte[] picture)
    {
        _path = path;
        _picture = picture;
    }

    public override HttpRequestMessage Create(Uri program) =>
        new(HttpMethod.Post, new Uri(program, _path)) { Content = new ByteArrayContent(_picture) { Headers = { ContentType = new("image/jpeg") } } };
}
