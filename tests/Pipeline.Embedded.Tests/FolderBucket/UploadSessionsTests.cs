using Microsoft.Extensions.Time.Testing;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.FolderBucket;

public sealed class UploadSessionsTests : IAsyncLifetime
{
    private const string Content = "0123456789abcdef";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly FolderFixture _folder;
    private FolderObjectWriter _writer = null!;

    public UploadSessionsTests()
    {
        _folder = new FolderFixture(_time);
        _folder.Options = _folder.Options with { MaxObjectBytes = 1000, MaxOpenUploads = 3, StallTimeout = TimeSpan.FromSeconds(30) };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string UploadFolder => _writer.Layout.UploadFolder;

    public async ValueTask InitializeAsync() => _writer = await _folder.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(null, true)]
    [InlineData(16, false)]
    public async Task AppendAsync_EveryCutOfTheContent_GivesTheObjectWithOneEvent(int? total, bool restarts)
    {
        var expected = new List<string>();
        for (var cut = 0; cut <= Content.Length; cut++)
        {
            var id = await StartAsync($"cut{cut}", total);
            var first = await SendAsync(id, Content[..cut], 0);
            if (total == cut)
            {
                Assert.NotNull(first.Object);
            }
            else
            {
                Assert.Equal(new UploadProgress(cut, null), first);
            }

            if (restarts)
            {
                await RestartAsync();
            }

            var last = await SendAsync(id, Content[cut..], cut, ends: true);

            Assert.Equal(Content.Length, last.Received);
            Assert.Equal(Content, await _writer.ReadAsync(last.Object!));
            expected.Add($"finalized cut{cut}#{last.Object!.Version.Generation}");
        }

        Assert.Equal(expected, await _writer.EventsAsync());
        Assert.Empty(Directory.GetFiles(UploadFolder));
    }

    [Fact]
    public async Task AppendAsync_PiecesAndBreaksOfEveryKind_GiveTheObjectWithOneEvent()
    {
        var seed = Environment.ProcessId;
        TestContext.Current.SendDiagnosticMessage($"Seed {seed}");
        var random = new Random(seed);
        for (var upload = 0; upload < 30; upload++)
        {
            var content = new byte[random.Next(1, 1000)];
            random.NextBytes(content);
            var id = await StartAsync($"random{upload}", random.Next(2) == 0 ? content.Length : null);
            var received = 0;
            StoredObject? stored = null;
            while (stored is null)
            {
                var from = random.Next(received + 1);
                var to = random.Next(from, content.Length + 1);
                var chunk = new UploadChunk(from, to - from, content.Length, EndsObject: random.Next(2) == 0);
                var cut = random.Next(to - from + 1);
                if (random.Next(3) == 0 && cut < to - from)
                {
                    var body = new ScriptedStream(content.AsMemory(from, cut), ScriptedEnd.Fault);
                    await Assert.ThrowsAsync<ObjectWriteException>(() => _writer.Sessions.AppendAsync(id, chunk, body, Cancellation));
                    to = from + cut;
                }
                else
                {
                    stored = (await _writer.Sessions.AppendAsync(id, chunk, new MemoryStream(content[from..to]), Cancellation)).Object;
                }

                received = Math.Max(received, to);
                if (random.Next(10) == 0)
                {
                    await RestartAsync();
                }

                Assert.Equal(received, (await QueryAsync(id)).Received);
            }

            var back = await _writer.Objects.DownloadAsync(stored.Version, content.Length, Cancellation);
            Assert.True(back.Span.SequenceEqual(content), $"seed {seed}, upload {upload}");
        }

        Assert.Equal(30, (await _writer.EventsAsync()).Count);
    }

    [Fact]
    public async Task AppendAsync_PieceIsSentAgain_WhatIsThereIsPassedOver()
    {
        var id = await StartAsync("a", null);
        await SendAsync(id, Content[..10], 0);

        Assert.Equal(12, (await SendAsync(id, "XXXXXXXX" + Content[8..12], 0)).Received);
        Assert.Equal(12, (await SendAsync(id, "XXXX", 2)).Received);
        var stored = (await SendAsync(id, "XX" + Content[12..], 10, ends: true)).Object!;

        Assert.Equal(Content, await _writer.ReadAsync(stored));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AppendAsync_SenderBreaksOffOrStalls_WhatArrivedIsKeptAndCounted(bool stalls)
    {
        var id = await StartAsync("a", 16);
        var body = new ScriptedStream(FolderFixture.Bytes(Content[..7]), stalls ? ScriptedEnd.Stall : ScriptedEnd.Fault);
        var append = _writer.Sessions.AppendAsync(id, new UploadChunk(0, 16, 16, true), body, Cancellation);
        await body.Ended;
        while (!append.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(ObjectWriteError.Interrupted, (await Assert.ThrowsAsync<ObjectWriteException>(() => append)).Error);
        Assert.Equal(7, (await QueryAsync(id)).Received);
        await RestartAsync();
        Assert.Equal(7, (await QueryAsync(id)).Received);
        Assert.Equal(Content, await _writer.ReadAsync((await SendAsync(id, Content[7..], 7)).Object!));
    }

    [Fact]
    public async Task AppendAsync_AfterItIsFinished_AnswersWithTheSameObject()
    {
        var id = await StartAsync("a", 16);
        var stored = (await SendAsync(id, Content, 0)).Object;

        Assert.Equal(stored, (await QueryAsync(id)).Object);
        await RestartAsync();
        Assert.Equal(stored, (await SendAsync(id, Content, 0)).Object);
        Assert.Single(await _writer.EventsAsync());

        await _writer.PutAsync("a", "another");
        Assert.Equal(UploadSessionError.Gone, (await FailAsync(() => QueryAsync(id))).Error);
    }

    [Fact]
    public async Task AppendAsync_PieceDoesNotFit_IsRefusedAndTheUploadGoesOn()
    {
        var id = await StartAsync("a", 16);
        await SendAsync(id, Content[..4], 0);

        var gap = await FailAsync(() => SendAsync(id, Content[6..], 6));
        Assert.Equal((UploadSessionError.Gap, 4), (gap.Error, gap.Received));
        Assert.Equal(UploadSessionError.WrongSize, (await FailAsync(() => SendAsync(id, new string('x', 13), 4))).Error);
        Assert.Equal(UploadSessionError.WrongSize, (await FailAsync(() => SendAsync(id, "x", 4, total: 17))).Error);
        Assert.Equal(UploadSessionError.WrongSize, (await FailAsync(() => SendAsync(id, "x", -1))).Error);
        Assert.Equal(UploadSessionError.WrongSize, (await FailAsync(() => AppendAsync(id, new UploadChunk(long.MaxValue, 1, null, false), "x"))).Error);
        Assert.Equal(UploadSessionError.WrongSize, (await FailAsync(() => AppendAsync(id, new UploadChunk(4, 2, 16, false), "xxx"))).Error);
        Assert.Equal(UploadSessionError.WrongSize, (await FailAsync(() => AppendAsync(id, new UploadChunk(4, null, null, false), new string('x', 13)))).Error);

        Assert.Equal(4, (await QueryAsync(id)).Received);
        Assert.Equal(Content, await _writer.ReadAsync((await SendAsync(id, Content[4..], 4)).Object!));
    }

    [Fact]
    public async Task AppendAsync_EndsWithFewerBytesThanSaid_IsNotWhole()
    {
        var known = await StartAsync("known", 16);
        var unknown = await StartAsync("unknown", null);

        Assert.Equal(new UploadProgress(4, null), await SendAsync(known, Content[..4], 0, ends: true));
        Assert.Equal(new UploadProgress(4, null), await AppendAsync(unknown, new UploadChunk(0, 5, null, true), Content[..4]));
        Assert.Equal(new UploadProgress(4, null), await AppendAsync(unknown, new UploadChunk(0, 3, null, true), Content[..3]));
    }

    [Fact]
    public async Task AppendAsync_EmptyObject_IsMadeByAPieceWithoutBytes()
    {
        var known = await StartAsync("known", 0);
        var unknown = await StartAsync("unknown", null);

        Assert.Equal(0, (await QueryAsync(known)).Object!.Content.Size);
        Assert.Null((await QueryAsync(unknown)).Object);
        Assert.Equal(0, (await AppendAsync(unknown, new UploadChunk(null, 0, 0, false), string.Empty)).Object!.Content.Size);
    }

    [Fact]
    public async Task StartAsync_WhatCanNeverBeStored_IsRefusedAtOnce()
    {
        var upload = FolderFixture.Upload("a");
        await AssertErrorAsync(ObjectWriteError.TooLarge, upload, 1001);
        await AssertErrorAsync(ObjectWriteError.UnknownBucket, upload with { Bucket = "other" }, null);
        await AssertErrorAsync(ObjectWriteError.InvalidName, upload with { Name = string.Empty }, null);
        await AssertErrorAsync(ObjectWriteError.InvalidDescription, upload with { Description = new ObjectDescription("a\nb") }, null);
        await AssertErrorAsync(ObjectWriteError.ConditionNotMet, upload with { Conditions = new GenerationConditions(IfGenerationMatch: 5) }, null);

        async Task AssertErrorAsync(ObjectWriteError error, ObjectUpload refused, long? total) => Assert.Equal(
            error, (await Assert.ThrowsAsync<ObjectWriteException>(() => _writer.Sessions.StartAsync(refused, total, Cancellation))).Error);
    }

    [Fact]
    public async Task AppendAsync_ObjectThatCanNeverBeStored_EndsTheUpload()
    {
        var wrong = await _writer.Sessions.StartAsync(FolderFixture.Upload("a") with { Crc32C = 1 }, null, Cancellation);
        var condition = await _writer.Sessions.StartAsync(FolderFixture.Upload("b", new GenerationConditions(IfGenerationMatch: 0)), 1, Cancellation);
        var large = await StartAsync("c", null);
        await _writer.PutAsync("b", "came first");

        await AssertEndedAsync(wrong, ObjectWriteError.WrongContent, () => SendAsync(wrong, "x", 0, ends: true));
        await AssertEndedAsync(condition, ObjectWriteError.ConditionNotMet, () => SendAsync(condition, "x", 0));
        await AssertEndedAsync(large, ObjectWriteError.TooLarge, () => SendAsync(large, new string('x', 1001), 0));

        Assert.Null(await _writer.FindAsync("a"));
        Assert.Equal("came first", await _writer.ReadAsync((await _writer.FindAsync("b"))!));
        Assert.Empty(Directory.GetFiles(UploadFolder));
        Assert.Empty(Directory.GetFiles(_folder.ContentPath));

        async Task AssertEndedAsync(string id, ObjectWriteError error, Func<Task<UploadProgress>> send)
        {
            Assert.Equal(error, (await Assert.ThrowsAsync<ObjectWriteException>(send)).Error);
            Assert.Equal(UploadSessionError.Unknown, (await FailAsync(() => QueryAsync(id))).Error);
        }
    }

    [Fact]
    public async Task AppendAsync_CatalogueLockedAtTheEnd_BytesStayAndAQueryFinishes()
    {
        _folder.Options = _folder.Options with { BusyTimeout = TimeSpan.FromMilliseconds(50) };
        await RestartAsync();
        var id = await StartAsync("a", 16);
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_writer.Layout.DatabasePath};Pooling=False"))
        {
            await other.OpenAsync(Cancellation);
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync(Cancellation);
            Assert.Equal(ObjectWriteError.Unavailable, (await Assert.ThrowsAsync<ObjectWriteException>(() => SendAsync(id, Content, 0))).Error);
        }

        Assert.Equal(Content, await _writer.ReadAsync((await QueryAsync(id)).Object!));
        Assert.Single(await _writer.EventsAsync());
    }

    [Fact]
    public async Task AppendAsync_SecondSenderAtTheSameTime_IsBusy()
    {
        var id = await StartAsync("a", 16);
        var body = new ScriptedStream(FolderFixture.Bytes(Content[..7]), ScriptedEnd.Stall);
        using var stop = new CancellationTokenSource();
        var first = _writer.Sessions.AppendAsync(id, new UploadChunk(0, 16, 16, true), body, stop.Token);
        await body.Ended;

        Assert.Equal(UploadSessionError.Busy, (await FailAsync(() => SendAsync(id, Content, 0))).Error);
        Assert.Equal(UploadSessionError.Busy, (await FailAsync(() => _writer.Sessions.CancelAsync(id, Cancellation))).Error);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(7, (await QueryAsync(id)).Received);
    }

    [Fact]
    public async Task AppendAsync_FirstSenderIsSilent_SecondTakesOver()
    {
        var id = await StartAsync("a", 16);
        var body = new ScriptedStream(FolderFixture.Bytes(Content[..7]), ScriptedEnd.Stall);
        var first = _writer.Sessions.AppendAsync(id, new UploadChunk(0, 16, 16, true), body, Cancellation);
        await body.Ended;
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(UploadSessionError.Busy, (await FailAsync(() => QueryAsync(id))).Error);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(7, (await QueryAsync(id)).Received);
        Assert.Equal(Content, await _writer.ReadAsync((await SendAsync(id, Content[7..], 7)).Object!));

        Assert.Equal(ObjectWriteError.Interrupted, (await Assert.ThrowsAsync<ObjectWriteException>(() => first)).Error);
        Assert.Single(await _writer.EventsAsync());
    }

    [Fact]
    public async Task StartAsync_TooManyUnfinished_IsRefusedUntilOneEnds()
    {
        var ids = new[] { await StartAsync("a", null), await StartAsync("b", null), await StartAsync("c", null) };
        Assert.Equal(UploadSessionError.TooMany, (await FailAsync(() => StartAsync("d", null))).Error);

        await SendAsync(ids[0], "x", 0, ends: true);
        var last = await StartAsync("d", null);
        Assert.Equal(UploadSessionError.TooMany, (await FailAsync(() => StartAsync("e", null))).Error);

        await _writer.Sessions.CancelAsync(last, Cancellation);
        await StartAsync("e", null);
        Assert.Equal(5, ids.Append(last).Append("e").Distinct().Count());
    }

    [Fact]
    public async Task CancelAsync_Upload_LeavesNothing()
    {
        var id = await StartAsync("a", null);
        await SendAsync(id, "xxx", 0);

        await _writer.Sessions.CancelAsync(id, Cancellation);

        Assert.Empty(Directory.GetFiles(UploadFolder));
        Assert.Equal(UploadSessionError.Unknown, (await FailAsync(() => QueryAsync(id))).Error);
        Assert.Equal(UploadSessionError.Unknown, (await FailAsync(() => _writer.Sessions.CancelAsync(id, Cancellation))).Error);
        Assert.Equal(UploadSessionError.Unknown, (await FailAsync(() => QueryAsync("../../objects.db"))).Error);
        Assert.Empty(await _writer.EventsAsync());
    }

    [Fact]
    public async Task SweepAsync_TimeIsUp_RemovesTheUploadAndNoOther()
    {
        var old = await StartAsync("old", null);
        await SendAsync(old, "xxx", 0);
        _time.Advance(_folder.Options.UploadLifetime - TimeSpan.FromSeconds(1));
        var young = await StartAsync("young", null);
        await SendAsync(young, "yyy", 0);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(UploadSessionError.Unknown, (await FailAsync(() => QueryAsync(old))).Error);
        await _writer.Sessions.SweepAsync(Cancellation);

        Assert.Equal([young], Directory.GetFiles(UploadFolder).Select(Path.GetFileName));
        Assert.Equal(3, (await QueryAsync(young)).Received);
        _time.Advance(_folder.Options.UploadLifetime);
        await RestartAsync();
        Assert.Empty(Directory.GetFiles(UploadFolder));
    }

    [Fact]
    public async Task OpenAsync_FileOfAnUploadThatIsNoMore_IsRemoved()
    {
        var id = await StartAsync("a", null);
        await SendAsync(id, "xxx", 0);
        await File.WriteAllTextAsync(_writer.Layout.UploadPath("gone"), "x", Cancellation);

        await RestartAsync();

        Assert.Equal([id], Directory.GetFiles(UploadFolder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task AppendAsync_WhatTheUploaderSaid_IsKeptOverARestart()
    {
        var upload = FolderFixture.Upload("é/😀\u0000", new GenerationConditions(IfGenerationMatch: 0)) with
        {
            Description = new ObjectDescription("image/png", "gzip", "no-store", "inline", "fr")
            {
                Metadata = new CustomMetadata(new Dictionary<string, string> { ["a\u00AD"] = "1", ["a"] = "\u0000😀" }),
            },
            Crc32C = 0xE3069283,
            Md5 = "JfnnlDI7RTiF9RgfG2JNCw==",
        };
        var id = await _writer.Sessions.StartAsync(upload, 9, Cancellation);
        await RestartAsync();

        Assert.Equal(upload, (await _writer.Sessions.FindAsync(id, Cancellation))!.Upload);
        var stored = (await SendAsync(id, "123456789", 0)).Object!;

        Assert.Equal((upload.Name, upload.Description), (stored.Version.Name, stored.Description));
    }

    private static Task<UploadSessionException> FailAsync(Func<Task> act) => Assert.ThrowsAsync<UploadSessionException>(act);

    private Task<string> StartAsync(string name, long? total) => _writer.Sessions.StartAsync(FolderFixture.Upload(name), total, Cancellation);

    private Task<UploadProgress> SendAsync(string id, string piece, long offset, bool ends = false, long? total = null) =>
        AppendAsync(id, new UploadChunk(offset, piece.Length, total, ends), piece);

    private Task<UploadProgress> AppendAsync(string id, UploadChunk chunk, string piece) =>
        _writer.Sessions.AppendAsync(id, chunk, new MemoryStream(FolderFixture.Bytes(piece)), Cancellation);

    private Task<UploadProgress> QueryAsync(string id) => _writer.Sessions.AppendAsync(id, UploadChunk.Nothing, Stream.Null, Cancellation);

    private async Task RestartAsync()
    {
        _writer.Dispose();
        _writer = await _folder.OpenAsync();
    }
}
