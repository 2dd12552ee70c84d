namespace Pipeline.Worker.Uploads;

/// <summary>One generation of one object.</summary>
/// <param name="Name">The object's name as it is: 1 to 1,024 bytes of UTF-8, never a file path.</param>
public readonly record struct ObjectVersion(string Bucket, string Name, long Generation)
{
    public override string ToString() => $"{Bucket}/{Name}#{Generation}";
}
