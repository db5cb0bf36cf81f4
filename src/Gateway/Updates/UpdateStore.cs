using System.Text.Json;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>The states of all updates, a file per pack.</summary>
internal sealed class UpdateStore(PackShelf shelf)
{
    public UpdateState? Read(string pack)
    {
        var file = FileOf(pack);
        try
        {
            var state = File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), PatternRecordsJson.Default.UpdateState) : null;
            return state?.Pack == pack ? state : null;
        }
        catch (JsonException)
        {
            // A bad disk. What is in force is told by the packs themselves; the next announcement begins anew.
            return null;
        }
    }

    public IReadOnlyList<UpdateState> ReadAll() => Directory.Exists(shelf.Updates)
        ? [.. Directory.EnumerateFiles(shelf.Updates, "*.json").Order(StringComparer.Ordinal).Select(file => Read(Path.GetFileNameWithoutExtension(file))).OfType<UpdateState>()]
        : [];

    public void Write(UpdateState state)
    {
        shelf.Prepare();
        DurableFile.Write(FileOf(state.Pack), JsonSerializer.SerializeToUtf8Bytes(state, PatternRecordsJson.Default.UpdateState));
    }

    private string FileOf(string pack) => Path.Combine(shelf.Updates, pack + ".json");
}
