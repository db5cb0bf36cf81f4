using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>
/// What goes on on an SMB connection, whatever its version: requests that wait for their answers, the files that are open,
/// the trees that hold no files. The lists are ordered by use; what was used least recently goes when one is full.
/// </summary>
internal sealed class SmbSession
{
    /// <summary>Requests that wait; servers grant up to 512 credits by default.</summary>
    private const int MaxRequests = 512;

    /// <summary>Files open at once that are followed.</summary>
    private const int MaxFiles = 256;

    /// <summary>Trees connected at once that are known to hold pipes.</summary>
    private const int MaxPipeTrees = 64;

    private readonly List<SmbRequest> _requests = [];
    private readonly List<SmbOpenFile> _files = [];
    private readonly List<uint> _pipeTrees = [];
    private readonly Stack<SmbOpenFile> _free = new();

    public void Expect(SmbRequest request)
    {
        if (_requests.Count == MaxRequests)
        {
            _requests.RemoveAt(0);
        }

        _requests.Add(request);
    }

    /// <summary>The request that an answer belongs to; it waits no more.</summary>
    public bool TryTakeRequest(ulong number, out SmbRequest request)
    {
        for (var i = 0; i < _requests.Count; i++)
        {
            if (_requests[i].Number == number)
            {
                request = _requests[i];
                _requests.RemoveAt(i);
                return true;
            }
        }

        request = default;
        return false;
    }

    /// <summary>A client opens a file; until the server names it, it goes by the number of the request.</summary>
    public void Open(Observations observations, Flow flow, ulong number, ReadOnlySpan<byte> name)
    {
        if (_files.Count == MaxFiles)
        {
            Close(observations, flow, _files[0].Id, isComplete: false);
        }

        var file = _free.TryPop(out var recycled) ? recycled : new SmbOpenFile();
        file.Id = file.PreliminaryId = SmbFileId.Of(number);
        file.Name.Set(name);
        _files.Add(file);
    }

    /// <summary>The file, or one that was opened before anybody looked.</summary>
    public SmbOpenFile FindOrAdd(Observations observations, Flow flow, SmbFileId id)
    {
        if (Find(id) is { } known)
        {
            return known;
        }

        Open(observations, flow, 0, default);
        var added = _files[^1];
        added.Id = added.PreliminaryId = id;
        return added;
    }

    /// <summary>The server named a file, or refused to open it.</summary>
    public void Opened(Observations observations, Flow flow, SmbFileId preliminary, SmbFileId? id)
    {
        if (id is { } named && Find(preliminary) is { } file)
        {
            // An older file of that name was closed without anybody seeing it.
            Close(observations, flow, named, isComplete: false);
            file.Id = named;
        }
        else
        {
            Close(observations, flow, preliminary, isComplete: false);
        }
    }

    public void Close(Observations observations, Flow flow, SmbFileId id, bool isComplete)
    {
        if (Find(id) is { } file)
        {
            file.End(observations, flow, isComplete);
            _files.Remove(file);
            _free.Push(file);
        }
    }

    /// <summary>Notes that what is opened in a tree are pipes and printers.</summary>
    public void AddPipeTree(uint tree)
    {
        if (!_pipeTrees.Contains(tree))
        {
            _pipeTrees.Add(tree);
        }

        if (_pipeTrees.Count > MaxPipeTrees)
        {
            _pipeTrees.RemoveAt(0);
        }
    }

    /// <summary>Notes that a tree number now stands for a share of files.</summary>
    public void RemovePipeTree(uint tree) => _pipeTrees.Remove(tree);

    public bool IsPipeTree(uint tree) => _pipeTrees.Contains(tree);

    public void Finish(Observations observations, Flow flow)
    {
        while (_files.Count > 0)
        {
            Close(observations, flow, _files[0].Id, isComplete: false);
        }
    }

    public void Reset()
    {
        _requests.Clear();
        _pipeTrees.Clear();
        foreach (var file in _files)
        {
            _free.Push(file);
        }

        _files.Clear();
    }

    /// <summary>Found files move to the end of the list, where the most recently used ones are.</summary>
    private SmbOpenFile? Find(SmbFileId id)
    {
        for (var i = _files.Count - 1; i >= 0; i--)
        {
            var file = _files[i];
            if (file.Id == id || file.PreliminaryId == id)
            {
                if (i < _files.Count - 1)
                {
                    _files.RemoveAt(i);
                    _files.Add(file);
                }

                return file;
            }
        }

        return null;
    }
}
