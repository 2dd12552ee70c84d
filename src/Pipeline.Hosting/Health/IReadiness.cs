namespace Pipeline.Hosting.Health;

/// <summary>Something that must be there before requests can be served well. All of those registered are asked by <c>/health/ready</c>.</summary>
public interface IReadiness
{
    /// <summary>What is still missing, for people; empty when ready. Answers at once.</summary>
    IReadOnlyList<string> Missing();
}
