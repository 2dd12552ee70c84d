using Pipeline.Browser.Tests.Support;

namespace Pipeline.Browser.Tests;

/// <summary>Pages that are not ours, at the storage endpoint: what a browser lets them do with its answers.</summary>
[Collection(BrowserGroup.Name)]
public sealed class OtherSiteTests
{
    private readonly BrowserFixture _browser;

    public OtherSiteTests(BrowserFixture browser)
    {
        _browser = browser;
    }

    [Fact]
    public async Task Page_OfAnAppOnThisMachine_UploadsListsReadsAndDeletes()
    {
        var process = await _browser.SharedAsync();
        await using var site = new OtherSite();
        var page = await _browser.OpenPageAsync(site.Address);

        var told = await page.EvaluateAsync<string>(
            """
            async (objects) => {
              const headers = { authorization: 'Firebase a.b.', 'x-firebase-storage-version': 'webjs/12.19.0', 'x-firebase-gmpid': '1:2:web:3' };
              const post = (url, more, body) => fetch(url, { method: 'POST', headers: { ...headers, ...more }, body });
              const start = await post(`${objects}?name=cross%2Fa.bin`, {
                'content-type': 'application/json; charset=utf-8', 'x-goog-upload-protocol': 'resumable', 'x-goog-upload-command': 'start',
                'x-goog-upload-header-content-length': '6', 'x-goog-upload-header-content-type': 'text/plain',
              }, '{}');
              const session = start.headers.get('x-goog-upload-url');
              const first = await post(session, { 'x-goog-upload-command': 'upload', 'x-goog-upload-offset': '0' }, 'abc');
              const query = await post(session, { 'x-goog-upload-command': 'query' });
              const last = await post(session, { 'x-goog-upload-command': 'upload, finalize', 'x-goog-upload-offset': '3' }, 'def');
              const object = await last.json();
              const link = `${objects}/cross%2Fa.bin?alt=media&token=${object.downloadTokens}`;
              const whole = await fetch(link);
              const part = await fetch(link, { headers: { range: 'bytes=2-3' } });
              const changed = await fetch(`${objects}/cross%2Fa.bin`, {
                method: 'PATCH', headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body: '{"contentLanguage":"de"}',
              });
              const list = await (await fetch(`${objects}?prefix=cross%2F&delimiter=%2F`, { headers })).json();
              const gone = await fetch(`${objects}/cross%2Fa.bin`, { method: 'DELETE', headers });
              const missing = await fetch(`${objects}/cross%2Fa.bin`, { headers });
              return JSON.stringify({
                first: first.headers.get('x-goog-upload-status'), received: query.headers.get('x-goog-upload-size-received'), last: last.headers.get('x-goog-upload-status'),
                size: object.size, part: await part.text(), range: part.headers.get('content-range'), hash: whole.headers.get('x-goog-hash') !== null,
                language: (await changed.json()).contentLanguage, items: list.items.length, gone: gone.status, missing: (await missing.json()).error.code,
              });
            }
            """,
            process.Address + "v0/b/uploads/o");

        Assert.Equal(
            """{"first":"active","received":"3","last":"final","size":"6","part":"cd","range":"bytes 2-3/6","hash":true,"language":"de","items":1,"gone":204,"missing":404}""",
            told);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Page_OfAnUnknownOrigin_WritesNothing()
    {
        var process = await _browser.SharedAsync();
        await using var site = new OtherSite();
        var page = await _browser.OpenPageAsync(site.Address);

        // A frame in a sandbox has no origin of its own; its requests are such that a browser sends them without asking first.
        var ended = await page.EvaluateAsync<string>(
            """
            (endpoint) => new Promise((resolve) => {
              addEventListener('message', (message) => resolve(message.data));
              const frame = document.createElement('iframe');
              frame.sandbox = 'allow-scripts';
              frame.srcdoc = `<script>
                const send = (url) => fetch(url, { method: 'POST', body: 'x' }).then(() => 'read', () => 'refused');
                Promise.all([send('${endpoint}upload/storage/v1/b/uploads/o?uploadType=media&name=unasked'), send('${endpoint}v0/b/uploads/o?name=unasked')])
                  .then((ends) => parent.postMessage(ends.join(), '*'));
              <\/script>`;
              document.body.append(frame);
            })
            """,
            process.Address);

        Assert.Equal("refused,refused", ended);
        Assert.DoesNotContain("unasked", await process.ListAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
