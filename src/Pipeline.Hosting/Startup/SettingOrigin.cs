namespace Pipeline.Hosting.Startup;

/// <summary>Where a setting's value comes from. A later one wins.</summary>
public enum SettingOrigin
{
    /// <summary>Nobody has set it.</summary>
    Default,

    /// <summary>The settings file.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>The program that hosts the functions, from its own options.</summary>
    Program,

    /// <summary>The command line.</summary>
    Flag,
}
