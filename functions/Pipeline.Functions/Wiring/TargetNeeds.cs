namespace Pipeline.Functions.Wiring;

/// <summary>What has to be there before a target can serve.</summary>
internal sealed record TargetNeeds(bool Models, bool Stores)
{
    public static TargetNeeds Of(Type? target) =>
        target == typeof(ForgetUpload) || target == typeof(CaptureDeadLetter) ? new TargetNeeds(Models: false, Stores: true)
        : target == typeof(Classify) ? new TargetNeeds(Models: true, Stores: false)
        : new TargetNeeds(Models: true, Stores: true);
}
