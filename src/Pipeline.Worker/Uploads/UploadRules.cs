using System.Collections.Frozen;
using System.Collections.Immutable;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Uploads;

/// <summary>The configuration's buckets and rules, ready to be asked. The first rule that matches wins.</summary>
public sealed partial class UploadRules
{
    private readonly FrozenDictionary<string, CollectionPair> _pairs;
    private readonly ImmutableArray<Rule> _rules;

    private UploadRules(ImmutableArray<CollectionPair> pairs, ImmutableArray<Rule> rules)
    {
        Pairs = pairs;
        _pairs = pairs.ToFrozenDictionary(static pair => pair.Bucket, StringComparer.Ordinal);
        _rules = rules;
    }

    /// <summary>The collections of each configured bucket, in the configuration's order.</summary>
    public ImmutableArray<CollectionPair> Pairs { get; }

    /// <summary>The models that rules name, each once; null stands for the default model.</summary>
    public ImmutableArray<string?> Models => [.. _rules.Select(static rule => rule.Options.Model).Distinct(StringComparer.Ordinal)];

    /// <param name="options">Valid.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message names all errors.</exception>
    public static UploadRules Create(WorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = options.Validate();
        return errors.Count == 0
            ? new UploadRules(CollectionPair.Of(options), [.. options.Rules.Select(static rule => Rule.Parse(rule, "Rules", []))])
            : throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
    }

    /// <summary>Whether a bucket is configured.</summary>
    public bool IsConfigured(string bucket) => _pairs.ContainsKey(bucket);

    /// <summary>Whether a name would match a rule if its bucket were configured.</summary>
    public bool WouldMatch(string bucket, string name) =>
        _rules.Any(rule => (rule.Options.Bucket == "*" || rule.Options.Bucket == bucket) && rule.Pattern.Match(name) is not null);

    /// <summary>What the rules say of an object; null where none matches or the bucket is not configured.</summary>
    /// <param name="name">Valid (<see cref="ObjectNames.IsValid"/>).</param>
    public UploadTarget? Match(string bucket, string name)
    {
        if (!_pairs.TryGetValue(bucket, out var pair))
        {
            return null;
        }

        foreach (var rule in _rules)
        {
            if ((rule.Options.Bucket == "*" || rule.Options.Bucket == bucket) && rule.Pattern.Match(name) is { } captures)
            {
                var id = DocumentIds.FromName(name);
                return new UploadTarget(
                    bucket,
                    name,
                    new DocumentPath(pair.Results, id),
                    new DocumentPath(pair.DeadLetters, id),
                    rule.Pattern.Text,
                    rule.Options.Model,
                    captures.GetValueOrDefault("uid"),
                    rule.Types,
                    rule.Document is null ? null : new AppDocument(rule.Document.Resolve(captures), rule.Options.Field, rule.Options.Create));
            }
        }

        return null;
    }

    /// <summary>A rule, read.</summary>
    internal sealed record Rule(RuleOptions Options, UploadPattern Pattern, ContentTypes Types, DocumentTemplate? Document)
    {
        /// <summary>Reads a rule and adds what is wrong with it to <paramref name="errors"/>; then the answer is of no use.</summary>
        public static Rule Parse(RuleOptions options, string key, ICollection<OptionError> errors)
        {
            var pattern = UploadPattern.Parse(options.Match, out var error);
            if (pattern is null)
            {
                errors.Add(new OptionError($"{key}:Match", error));
            }

            foreach (var type in options.Types.Where(static type => !ContentTypes.IsPattern(type)))
            {
                errors.Add(new OptionError($"{key}:Types", $"'{type}' is no media type; 'image/png', 'image/*' or '*/*' would be one."));
            }

            DocumentTemplate? document = null;
            if (options.Document is not null && pattern is not null)
            {
                document = DocumentTemplate.Parse(options.Document, pattern.Captures, out error);
                if (document is null)
                {
                    errors.Add(new OptionError($"{key}:Document", error));
                }

                CheckField(options.Field, $"{key}:Field", errors);
            }

            return new Rule(options, pattern!, new ContentTypes(options.Types.Count > 0 ? options.Types : ["image/*"]), document);
        }

        private static void CheckField(string field, string key, ICollection<OptionError> errors)
        {
            try
            {
                if (DocumentFieldPath.Parse(field).All(DocumentRequests.IsName))
                {
                    return;
                }

                errors.Add(new OptionError(key, $"'{field}' has a segment that is no field's name."));
            }
            catch (FormatException exception)
            {
                errors.Add(new OptionError(key, exception.Message));
            }
        }
    }
}
