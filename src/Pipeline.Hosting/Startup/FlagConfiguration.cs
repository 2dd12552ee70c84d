using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Pipeline.Hosting.Startup;

/// <summary>The settings of the command line, told apart from those of the program.</summary>
internal sealed class FlagConfiguration : IConfigurationSource
{
    private readonly IReadOnlyDictionary<string, string?> _settings;

    public FlagConfiguration(IReadOnlyDictionary<string, string?> settings)
    {
        _settings = settings;
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(new MemoryConfigurationSource { InitialData = _settings });

    public sealed class Provider(MemoryConfigurationSource source) : MemoryConfigurationProvider(source);
}
