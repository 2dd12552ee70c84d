using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Embedded.Page;

/// <summary><c>GET models</c>: the configured models, and why one is not serving.</summary>
internal sealed class ModelCalls
{
    private readonly ModelRegistry _models;

    public ModelCalls(ModelRegistry models)
    {
        _models = models;
    }

    public Task ListAsync(HttpContext context) => PageJson.SendAsync(context, StatusCodes.Status200OK, Write);

    public ReadOnlyMemory<byte> Render() => PageJson.Render(Write);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var model in _models.Overview)
        {
            json.WriteStartObject();
            json.WriteString("name", model.Source.Name);
            json.WriteString("folder", model.Source.Folder);
            json.WriteBoolean("required", model.Source.IsRequired);
            json.WriteBoolean("default", model.IsDefault);
            json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(model.State.ToString()));
            json.WriteString("reason", model.Reason);
            if (model.Identity is { } identity)
            {
                json.WriteStartObject("identity");
                json.WriteString("name", identity.Name);
                json.WriteString("version", identity.Version);
                json.WriteString("sha256", identity.Sha256);
                json.WriteString("format", identity.Format);
                json.WriteEndObject();
            }

            if (model.Serving is { } serving)
            {
                json.WriteStartObject("serving");
                json.WriteString("folder", serving.Folder);
                PageJson.WriteTime(json, "since", serving.Since);
                json.WriteNumber("loadMs", serving.LoadTime.TotalMilliseconds);
                json.WriteNumber("warmMs", serving.WarmTime.TotalMilliseconds);
                json.WriteEndObject();
            }

            if (model.Update is { } update)
            {
                json.WriteStartObject("update");
                json.WriteString("folder", update.Folder);
                json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(update.State.ToString()));
                json.WriteString("reason", update.Reason);
                PageJson.WriteTime(json, "since", update.Since);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
