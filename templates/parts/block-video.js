/* Generated: make player */
"use strict";(()=>{function r(t){if(location.protocol==="file:")for(let e of t.querySelectorAll("track"))e.src=`data:text/vtt;charset=utf-8,${encodeURIComponent(e.dataset.text??"")}`;let o=t.querySelector("track[default]");o&&(o.track.mode="showing")}scormBuilder.add("part","block-video",{selector:"video",mount:r});})();
