using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint.FirebaseStorage;

internal sealed partial class FirebaseStorageEndpoint
{
    private const string CreateToken = "create_token";
    private const string DeleteToken = "delete_token";

    private static bool IsAboutTokens(StorageRequest request) => request.Query.ContainsKey(CreateToken) || request.Query.ContainsKey(DeleteToken);

    private async Task UpdateAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var change = await ObjectJson.ReadAsync(context.Request.Body, cancellationToken).ConfigureAwait(false);
        await ChangeAsync(context, request, before => DownloadTokens.Keep(before, change.ApplyTo(before)), cancellationToken).ConfigureAwait(false);
    }

    private async Task ChangeTokensAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        if (request.Query.TryGetValue(CreateToken, out var create))
        {
            if (create != "true")
            {
                throw StorageRequestException.Invalid($"{CreateToken} is '{create}'; it takes 'true'.");
            }

            await ChangeAsync(context, request, DownloadTokens.Add, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var token = request.Query[DeleteToken];
            await ChangeAsync(context, request, before => DownloadTokens.Remove(before, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeleteAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        await _objects.DeleteAsync(
            request.Bucket, request.Name!, generation: null, GenerationConditions.None, cancellationToken).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ChangeAsync(
        HttpContext context, StorageRequest request, Func<ObjectDescription, ObjectDescription> change, CancellationToken cancellationToken)
    {
        var stored = await _objects.UpdateAsync(
            request.Bucket, request.Name!, generation: null, GenerationConditions.None, change, cancellationToken).ConfigureAwait(false);
        await WriteAsync(context, stored, cancellationToken).ConfigureAwait(false);
    }
}
