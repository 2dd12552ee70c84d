using Pipeline.Firebase.Identity.Callers;
using Pipeline.Functions.WarmingUp;
using Pipeline.Hosting.Startup;

namespace Pipeline.Functions.Configuration;

internal sealed partial record PipelineSettings
{
    /// <summary>On Cloud Run the doors are closed unless somebody says how; on one machine they are open.</summary>
    private static CallerOptions ReadCallers(ConfigurationReader reader, GoogleEnvironment google)
    {
        var defaults = new CallerOptions();
        var options = defaults with
        {
            Mode = reader.OneOf("Callers:Mode", google.IsCloudRun ? CallerMode.Platform : CallerMode.Open),
            Audiences = Texts(reader, "Callers:Audiences"),
            Accounts = Texts(reader, "Callers:Accounts"),
            AcceptRemovedSignature = reader.Boolean("Callers:AcceptRemovedSignature", defaults.AcceptRemovedSignature),
            ClockTolerance = reader.Duration("Callers:ClockTolerance", defaults.ClockTolerance),
            Keys = Address(reader, "Callers:Keys", defaults.Keys),
        };
        if (google.IsCloudRun && options.Mode == CallerMode.Open)
        {
            reader.AddError($"{ConfigurationReader.Root}:Callers:Mode is Open: on Cloud Run anybody could fire events then. Platform and Verify are allowed there.");
        }

        return options;
    }

    private static UserOptions ReadUsers(ConfigurationReader reader, GoogleEnvironment google, CallerOptions callers)
    {
        var defaults = new UserOptions();
        return defaults with
        {
            Project = reader.OptionalText("Users:Project") ?? google.ProjectId,
            SignInRequired = reader.Boolean("Users:SignInRequired", defaults.SignInRequired),
            AppCheckProjectNumber = reader.OptionalText("Users:AppCheckProjectNumber"),
            UserKeys = Address(reader, "Users:Keys", defaults.UserKeys),
            AppCheckKeys = Address(reader, "Users:AppCheckKeys", defaults.AppCheckKeys),
            ClockTolerance = callers.ClockTolerance,
        };
    }

    private static WarmUpOptions ReadWarmUp(ConfigurationReader reader)
    {
        var defaults = new WarmUpOptions();
        return defaults with
        {
            Urls = [.. reader.Elements("WarmUp:Urls").Select(key => Address(reader, key, null)).OfType<Uri>()],
            Timeout = reader.Duration("WarmUp:Timeout", defaults.Timeout),
        };
    }

    private static IReadOnlyList<string> Texts(ConfigurationReader reader, string key) =>
        [.. reader.Elements(key).Select(reader.OptionalText).OfType<string>()];

    /// <summary>https, or http on this machine.</summary>
    private static Uri Address(ConfigurationReader reader, string key, Uri? defaultValue)
    {
        var text = reader.OptionalText(key);
        if (text is null && defaultValue is not null)
        {
            return defaultValue;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            return address;
        }

        reader.AddError($"{ConfigurationReader.Root}:{key} is '{text}' and must be an https address, or an http address of this machine.");
        return defaultValue ?? new Uri("https://invalid.example");
    }
}
