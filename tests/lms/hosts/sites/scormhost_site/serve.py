"""scormhost as its documents start it, on a free port."""

import os
import secrets

import uvicorn
from scormhost import create_scorm_app
from serving import announce, end_with_the_tests, listening

app = create_scorm_app(data_dir=os.environ["SITE"], secret_key=secrets.token_hex(32))
bound = listening()
end_with_the_tests()
announce(bound)
uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[bound])
