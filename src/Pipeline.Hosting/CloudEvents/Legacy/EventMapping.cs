using System.Text.Json.Nodes;

namespace Pipeline.Hosting.CloudEvents.Legacy;

/// <summary>What a legacy event becomes, besides what is the same for all.</summary>
/// <param name="Resource">What the source names behind the service.</param>
/// <param name="Data">The data of the CloudEvent.</param>
/// <param name="Extension">One more attribute, or null.</param>
internal sealed record EventMapping(string Resource, string? Subject, JsonObject Data, KeyValuePair<string, string>? Extension = null);
