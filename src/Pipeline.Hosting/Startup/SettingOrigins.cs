using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Pipeline.Hosting.Startup;

/// <summary>Finds out which source a value comes from.</summary>
internal static class SettingOrigins
{
    public static SettingOrigin Of(IConfiguration configuration, string path)
    {
        var providers = (configuration as IConfigurationRoot)?.Providers ?? [];
        return providers.Reverse().FirstOrDefault(provider => provider.TryGet(path, out _)) switch
        {
            null => SettingOrigin.Default,
            JsonConfigurationProvider => SettingOrigin.File,
            EnvironmentVariablesConfigurationProvider => SettingOrigin.Environment,
            FlagConfiguration.Provider => SettingOrigin.Flag,
            _ => SettingOrigin.Program,
        };
    }
}
