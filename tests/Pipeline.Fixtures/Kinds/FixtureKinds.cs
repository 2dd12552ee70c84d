using System.Collections.Immutable;
using Pipeline.Fixtures.Kinds.Models;
using Pipeline.Fixtures.Kinds.Photos;
using Pipeline.Fixtures.Kinds.Preprocessing;
using Pipeline.Fixtures.Running;

namespace Pipeline.Fixtures.Kinds;

/// <summary>Every kind that is built.</summary>
public static class FixtureKinds
{
    public static ImmutableArray<IFixtureKind> All { get; } =
    [
        new DecodeKind(),
        new ResizeKind(),
        new SavedModelPhotoKind("saved_model", new SavedModelKind("saved_model")),
        new SavedModelPhotoKind("saved_model_photo"),
        new PreprocessKind(),
        new SavedModelKind("op"),
        new OperatorErrorKind(),
    ];
}
