using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.Functions;
using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting;

public static partial class FunctionHost
{
    /// <summary>Reads and checks the configuration as <see cref="Create"/> does, and starts nothing.</summary>
    public static ConfigurationExamination Examine(FunctionHostSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var errors = new List<string>();
        var flags = HostFlags.Parse(setup.Arguments, errors);
        var environment = HostEnvironment.Read(flags, setup.Variable, errors);
        var target = new FunctionTargets(setup.Functions).Find(environment.Target, errors);
        using var configuration = new ConfigurationManager();
        AddConfiguration(configuration, flags, setup, errors);
        var reader = new ConfigurationReader(configuration);
        var options = HostingOptions.Read(reader);
        options = options with { ProjectId = options.ProjectId ?? environment.ProjectId };
        var services = new ServiceCollection();
        setup.Configure(new FunctionHostContext(services, reader, options, target, environment.IsCloudRun) { Variable = setup.Variable });
        reader.CheckUnknown();
        return new ConfigurationExamination([.. errors, .. reader.Errors], reader.Settings, services);
    }
}
