using Pipeline.Worker.Classification;

namespace Pipeline.Functions.Configuration;

internal sealed partial record PipelineSettings
{
    /// <summary>What the rooms allow, by setting.</summary>
    public IReadOnlyDictionary<string, string> Ranges()
    {
        var ranges = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add(Worker.Ranges(), WorkerSettingOf);
        Add(Classification.Ranges().Where(range => range.Key != nameof(ClassificationOptions.MaxBytes)), LimitOf);
        Add(Models.Ranges(), ModelSettingOf);
        return ranges;

        void Add(IEnumerable<KeyValuePair<string, string>> found, Func<string, string> settingOf)
        {
            foreach (var (option, range) in found)
            {
                ranges[settingOf(option)] = range;
            }
        }
    }
}
