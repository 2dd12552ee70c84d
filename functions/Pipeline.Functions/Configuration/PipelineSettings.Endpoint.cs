using Pipeline.Embedded.Endpoint.Access;
using Pipeline.Hosting.Startup;

namespace Pipeline.Functions.Configuration;

internal sealed partial record PipelineSettings
{
    private static EndpointAccessOptions ReadEndpoint(ConfigurationReader reader) =>
        new([.. Texts(reader, "Embedded:Origins")], [.. Texts(reader, "Embedded:Hosts")])
        {
            AllAddresses = reader.Boolean("Embedded:AllAddresses", EndpointAccessOptions.ThisMachine.AllAddresses),
        };
}
