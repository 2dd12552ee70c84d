using System.Collections.Immutable;

namespace Pipeline.Worker.Uploads;

public sealed partial class UploadRules
{
    /// <summary>Says which rule matches an object and why the others do not.</summary>
    /// <param name="contentType">The declared type; null where that is not asked.</param>
    public ObjectExplanation Explain(string bucket, string name, string? contentType)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(name);
        var isName = ObjectNames.IsValid(name);
        var verdicts = ImmutableArray.CreateRange(
            _rules.Select((rule, index) => new RuleVerdict(index, rule.Options, isName ? WhyNot(rule, bucket, name) : "that is no object's name")));
        var target = isName ? Match(bucket, name) : null;
        return new ObjectExplanation(verdicts, target, Problem(bucket, isName, verdicts, target, contentType));
    }

    /// <summary>The rules that an earlier rule leaves nothing to decide. One that only several earlier ones cover together is not found.</summary>
    public ImmutableArray<RuleShadow> FindShadowed()
    {
        var shadows = ImmutableArray.CreateBuilder<RuleShadow>();
        for (var index = 1; index < _rules.Length; index++)
        {
            var by = Enumerable.Range(0, index).FirstOrDefault(earlier => Covers(_rules[earlier], _rules[index]), -1);
            if (by >= 0)
            {
                shadows.Add(new RuleShadow(index, by));
            }
        }

        return shadows.ToImmutable();
    }

    private static bool Covers(Rule earlier, Rule later) =>
        (earlier.Options.Bucket == "*" || earlier.Options.Bucket == later.Options.Bucket) && PatternCover.Covers(earlier.Pattern, later.Pattern);

    private static string? WhyNot(Rule rule, string bucket, string name) =>
        rule.Options.Bucket == "*" || rule.Options.Bucket == bucket
            ? rule.Pattern.Match(name) is null ? rule.Pattern.WhyNot(name) : null
            : $"it speaks of the bucket '{rule.Options.Bucket}'";

    private string? Problem(string bucket, bool isName, ImmutableArray<RuleVerdict> verdicts, UploadTarget? target, string? contentType)
    {
        if (!isName)
        {
            return "the name is none that an object can have: 1 to 1,024 bytes of valid UTF-8";
        }

        if (!IsConfigured(bucket))
        {
            return verdicts.Any(verdict => verdict.Matches)
                ? $"the bucket '{bucket}' is not configured, so its events become parked dead letters"
                : $"the bucket '{bucket}' is not configured";
        }

        return target is not null && contentType is not null && !target.Types.MayTake(contentType)
            ? $"the type '{contentType}' is not among those of the rule, so the result fails with TYPE_NOT_ALLOWED"
            : null;
    }
}
